/** A backup or a restore that cannot be: the message is one line that whoever watches over Tilts can act upon. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

const NO_ROOM = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Whether a file system refused because it is full. */
export function isNoRoom(error: unknown): boolean {
  return NO_ROOM.includes(codeOf(error) ?? '');
}

/** What the system or the database calls an error: ENOENT, 53100. */
export function codeOf(error: unknown): string | undefined {
  const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : undefined;
}
