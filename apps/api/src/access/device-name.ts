/** Browser and system in two words, „Chrome · Android”: enough to know one's own phone in the list, no fingerprint. */
export function deviceName(userAgent: string | undefined): string {
  const agent = userAgent ?? '';
  const first = (names: [string, RegExp][]): string | undefined =>
    names.find(([, pattern]) => pattern.test(agent))?.[0];
  const browser = first([
    ['Edge', /Edg(e|A|iOS)?\//],
    ['Opera', /OPR\//],
    ['Samsung Internet', /SamsungBrowser\//],
    ['Firefox', /(Firefox|FxiOS)\//],
    ['Chrome', /(Chrome|CriOS|HeadlessChrome)\//],
    ['Safari', /Safari\//],
  ]);
  const system = first([
    ['Android', /Android/],
    ['iOS', /iPhone|iPad/],
    ['Windows', /Windows/],
    ['macOS', /Mac OS X/],
    ['Linux', /Linux|X11/],
  ]);
  return [browser, system].filter(Boolean).join(' · ') || '?';
}
