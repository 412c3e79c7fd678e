import { useEffect } from 'react';

/** Screen first, then whose it is: what differs stands in front in a narrow tab. */
export function useTitle(...parts: (string | undefined)[]): void {
  const title = [...parts.filter(Boolean), 'Busbar'].join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}
