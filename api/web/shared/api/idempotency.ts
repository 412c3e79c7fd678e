/** A repeat of the same wish keeps its key until the server has answered, so it is done at most once. */
export class IdempotencyKeys {
  private open: { wish: string; key: string } | undefined;

  keyFor(variables: unknown): string {
    const wish = JSON.stringify(variables);
    if (this.open?.wish !== wish) this.open = { wish, key: crypto.randomUUID() };
    return this.open.key;
  }

  answered(): void {
    this.open = undefined;
  }
}
