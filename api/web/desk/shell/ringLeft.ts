/** Whole seconds an offer still rings. A client clock that runs behind never shows more than the offer's length. */
export function ringLeft(offer: { madeAt: string; expiresAt: string }, now: number): number {
  const end = Date.parse(offer.expiresAt);
  const longest = end - Date.parse(offer.madeAt);
  return Math.ceil(Math.max(0, Math.min(end - now, longest)) / 1000);
}
