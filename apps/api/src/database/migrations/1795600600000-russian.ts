import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A person may read Tilts in Russian, the third language. */
export class Russian1795600600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await listed(runner, ['lv', 'en', 'ru']);
  }

  /** Whoever read Russian reads Latvian, the source, again. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`UPDATE account SET language = 'lv' WHERE language = 'ru'`);
    await listed(runner, ['lv', 'en']);
  }
}

async function listed(runner: QueryRunner, languages: string[]): Promise<void> {
  await runner.query(`
    ALTER TABLE account DROP CONSTRAINT language_listed,
      ADD CONSTRAINT language_listed CHECK (language IN (${languages.map((language) => `'${language}'`).join(', ')}))`);
}
