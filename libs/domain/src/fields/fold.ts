/** Letters only, without diacritics and case: „Ķēniņš-Bērziņš” and „kenins berzins” are one name. Also for searching lists. */
export function foldLatvian(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}
