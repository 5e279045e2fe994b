import type { RescueFile } from './rescue-file';

/** By the phone's own way to hand things on, where it takes such files; else as a download. `notGiven`: its person thought better of it. */
export async function handOut({
  name,
  bytes,
}: Pick<RescueFile, 'name' | 'bytes'>): Promise<'given' | 'saved' | 'notGiven'> {
  const file = new File([bytes], name, { type: 'application/octet-stream' });
  const { canShare } = navigator as Partial<Navigator>;
  if (canShare?.call(navigator, { files: [file] })) {
    try {
      await navigator.share({ files: [file] });
      return 'given';
    } catch (problem) {
      if (problem instanceof DOMException && problem.name === 'AbortError') return 'notGiven';
      // Where it may not be shared after all, it is still saved.
    }
  }
  save(file);
  return 'saved';
}

function save(file: File): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  // The browser has taken it by the next turn.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
