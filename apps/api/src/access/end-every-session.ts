/** Ends all that lets somebody in without a password: sessions at once, and links that nobody used yet. */
export async function endEverySession(owner: {
  query(sql: string): Promise<unknown>;
}): Promise<{ sessions: number; links: number }> {
  // TypeORM answers an UPDATE with [rows, count].
  const count = async (sql: string): Promise<number> => ((await owner.query(sql)) as [unknown, number])[1];
  return {
    sessions: await count('UPDATE session SET ended_at = now() WHERE ended_at IS NULL AND expires_at > now()'),
    links: await count('UPDATE one_time_link SET expires_at = now() WHERE used_at IS NULL AND expires_at > now()'),
  };
}
