import { brokenLinks } from './doc-links.mjs';
import { workspace } from './files.mjs';
import { withPlanted } from './planted.mjs';

describe('links in documents', () => {
  it('lead somewhere', () => {
    expect(brokenLinks(workspace)).toEqual([]);
  });

  it('are found when they do not', () => {
    const files = {
      'README.md':
        '[a](docs/there.md) [b](docs/gone.md) [c](docs/there.md#the-end) [d](docs/there.md#nowhere) [e](https://x.example) `[f](code.md)`',
      'docs/rules.md':
        '[x.spec.ts](../x.spec.ts) [holds `always`](../x.spec.ts) [held once](../x.spec.ts) [y.spec.ts](../y.spec.ts)\n',
      'x.spec.ts': "it('holds `always`', () => {});\n",
      'docs/there.md':
        '# There\n\n## The end!\n\n![picture](../gone.png) [up](../README.md) [self](#there)\n```\n[g](gone)\n```\n',
    };
    expect(withPlanted(files, brokenLinks)).toEqual([
      'README.md → docs/gone.md',
      'README.md → docs/there.md#nowhere',
      'docs/rules.md → ../x.spec.ts (held once)',
      'docs/rules.md → ../y.spec.ts (y.spec.ts)',
      'docs/there.md → ../gone.png',
    ]);
  });
});
