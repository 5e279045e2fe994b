import { backTo, homeOf } from './home';

describe('After signing in', () => {
  it('a person comes to their own first page', () => {
    expect(homeOf('mediator')).toBe('/today');
    expect(homeOf('socialWorker')).toBe('/inbox');
    expect(homeOf(null)).toBe('/sign-in');
  });

  it('or to the page that they wanted, never to another site', () => {
    expect(backTo('/families/1?show=all', 'mediator')).toBe('/families/1?show=all');
    for (const trick of [
      '//evil.example',
      '/\\evil.example',
      'https://evil.example',
      'javascript:alert(1)',
      '/sign-in?back=/',
      '',
      null,
    ]) {
      expect(backTo(trick, 'evaluator')).toBe('/report');
    }
  });
});
