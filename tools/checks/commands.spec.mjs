import { missingCommands } from './commands.mjs';
import { workspace } from './files.mjs';
import { withPlanted } from './planted.mjs';

describe('commands in documents', () => {
  it('are there, with their options and settings', () => {
    expect(missingCommands(workspace)).toEqual([]);
  });

  it('are found when they are not', () => {
    const files = {
      'package.json': JSON.stringify({ scripts: { start: '…', backup: '…' } }),
      'apps/api/src/backup.ts':
        "typed(USAGE, {\n    to: { type: 'string' },\n    'keys-to': { type: 'string' },\n  });",
      '.env.example': 'LOG_LEVEL=info\n',
      'README.md': '`npm start`, `npm run backup -- --to x --keys-to y`, `npm test`, `npm run fly -- --high`\n',
      'docs/operations.md':
        'Set `LOG_LEVEL=warn` and `LOUD_NESS`.\n```sh\nsudo tilts backup --to /a --from /b\nsudo tilts dance\n' +
        'docker compose exec app node apps/api/dist/backup.js --keys\nnpm run backup -- --keep 3\n```\n',
    };
    expect(withPlanted(files, missingCommands)).toEqual([
      'README.md: npm run test',
      'README.md: npm run fly',
      'docs/operations.md: npm run backup -- --keep',
      'docs/operations.md: backup --from',
      'docs/operations.md: there is no command dance',
      'docs/operations.md: backup --keys',
      'docs/operations.md: there is no setting LOUD_NESS',
    ]);
  });
});
