import { mayDo, roles, type Permission } from '@tilts/domain';
import { homeOf } from './access/home';
import { routes } from './app.routes';
import { placesOf } from './shell/places';

const permissionOf = (path: string) =>
  routes.find((route) => `/${route.path}` === path)?.data?.['permission'] as Permission | undefined;

describe('The pages', () => {
  it('each name a permission, except the door and what leads there', () => {
    expect(routes.filter((route) => !route.data?.['permission']).map((route) => route.path)).toEqual([
      '',
      'sign-in',
      'first-coordinator',
      'link',
      'rescue',
      '**',
    ]);
  });

  it.each(roles.values)('that the menu and the home of a %s lead to may be opened by them', (role) => {
    for (const path of [homeOf(role), ...placesOf[role].map((place) => place.path)]) {
      const permission = permissionOf(path);
      expect(`${path}: ${permission !== undefined && mayDo(role, permission)}`).toBe(`${path}: true`);
    }
  });
});
