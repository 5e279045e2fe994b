import { PgBoss } from 'pg-boss';

export const QUEUE_SCHEMA = 'pgboss';
export const MAIL_JOBS = 'mail';

/** Made by the owner at migrate; afterwards the API's own login may use it and change nothing about it. Returns the grants to run. */
export async function makeMailQueue(ownerUrl: string): Promise<string> {
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: QUEUE_SCHEMA,
    max: 1,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  try {
    const again = {
      retryLimit: 10,
      retryDelay: 30,
      retryBackoff: true,
      retryDelayMax: 3_600,
      deleteAfterSeconds: 7 * 86_400,
    };
    if (await boss.getQueue(MAIL_JOBS)) await boss.updateQueue(MAIL_JOBS, again);
    else await boss.createQueue(MAIL_JOBS, again);
  } finally {
    await boss.stop({ graceful: false });
  }
  return `
    GRANT USAGE ON SCHEMA ${QUEUE_SCHEMA} TO tilts_app;
    GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${QUEUE_SCHEMA} TO tilts_app;
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA ${QUEUE_SCHEMA} TO tilts_app;
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA ${QUEUE_SCHEMA} TO tilts_app;`;
}

/** After a restore: mails that waited when the backup was made, by the ids of their notices. */
export async function putIntoMailQueue(ownerUrl: string, noticeIds: readonly string[]): Promise<void> {
  if (noticeIds.length === 0) return;
  const boss = new PgBoss({
    connectionString: ownerUrl,
    schema: QUEUE_SCHEMA,
    max: 1,
    supervise: false,
    schedule: false,
  });
  await boss.start();
  try {
    for (const noticeId of noticeIds) await boss.send(MAIL_JOBS, { noticeId });
  } finally {
    await boss.stop({ graceful: false });
  }
}
