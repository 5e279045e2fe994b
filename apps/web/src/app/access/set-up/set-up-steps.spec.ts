import { after, firstOpen, isPlace } from './set-up-steps';

describe('The set-up', () => {
  it('goes on at the first step that is missing, whatever came before', () => {
    expect(firstOpen(['mediator', 'institution'])).toBe('institution');
    expect(firstOpen([])).toBe('end');
  });

  it('can be walked to its end', () => {
    expect(['municipality', 'institution', 'project', 'mediator'].map((step) => after(step as never))).toEqual([
      'institution',
      'project',
      'mediator',
      'end',
    ]);
  });

  it('ignores an address that names no step', () => {
    expect([undefined, '', 'constructor', 'project', 'end'].map(isPlace)).toEqual([false, false, false, true, true]);
  });
});
