// tsc copies no .sql files; this puts them beside the built modules that read them: node tools/copy-sql.mjs <from> <to>
import { copyFileSync, globSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const [from, to] = process.argv.slice(2);
for (const file of globSync('**/*.sql', { cwd: from })) {
  mkdirSync(dirname(join(to, file)), { recursive: true });
  copyFileSync(join(from, file), join(to, file));
}
