import { ChangeDetectionStrategy, Component } from '@angular/core';
import { render } from '../testing/render';
import { CopyLine } from './copy-line';
import { QrCode, outlineOf } from './qr-code';

@Component({
  imports: [CopyLine, QrCode],
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `<tl-qr text="https://tilts.example/link#abc" label="Atvērt saiti tālrunī" />
    <tl-copy-line text="https://tilts.example/link#abc" label="Saite" />`,
})
class Page {}

describe('A QR code', () => {
  it('is drawn as one path with a name', async () => {
    const { one } = await render(Page);
    expect(one('svg').getAttribute('aria-label')).toBe('Atvērt saiti tālrunī');
    const side = Number(one('svg').getAttribute('viewBox')?.split(' ')[2]);
    // 21 squares and four more a version, with a white border of two around it.
    expect((side - 4 - 21) % 4).toBe(0);
    // The corner eye: seven dark squares in the first row.
    expect(one('path').getAttribute('d')).toMatch(/^M2 2h7v1h-7z/);
  });

  it('covers the dark squares and no other', () => {
    expect(
      outlineOf([
        [true, true, false, true],
        [false, false, false, true],
      ]),
    ).toBe('M0 0h2v1h-2zM3 0h1v1h-1zM3 1h1v1h-1z');
  });
});

describe('A line to copy', () => {
  it('says that it was copied', async () => {
    const copied: string[] = [];
    Object.defineProperty(navigator, 'clipboard', {
      configurable: true,
      value: { writeText: async (text: string) => void copied.push(text) },
    });
    const { one, settle } = await render(Page);
    one('tl-copy-line button').click();
    await settle();
    expect(copied).toEqual(['https://tilts.example/link#abc']);
    expect(one('tl-copy-line [role=status]').textContent.trim()).toBe('Nokopēts');
  });

  it('marks its text where the browser does not copy', async () => {
    Object.defineProperty(navigator, 'clipboard', { configurable: true, value: undefined });
    const { one, settle } = await render(Page);
    one('tl-copy-line button').click();
    await settle();
    expect(getSelection()?.toString()).toBe('https://tilts.example/link#abc');
    expect(one('tl-copy-line [role=status]').textContent).toContain('Ctrl');
  });
});
