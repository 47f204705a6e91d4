/** What a person has chosen before; a browser that keeps nothing asks again next time. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(keyOf(name)) ?? undefined;
  } catch {
    return undefined;
  }
}

export function remember(name: string, value: string): void {
  try {
    localStorage.setItem(keyOf(name), value);
  } catch {
    // It counts until the page is left.
  }
}

function keyOf(name: string): string {
  return `esoz-sandbox.${name}`;
}
