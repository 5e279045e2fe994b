import { inject } from '@angular/core';
import { Router, type CanActivateFn, type CanMatchFn, type Route } from '@angular/router';
import type { Permission } from '@tilts/domain';
import { homeOf } from './home';
import { Session } from './session';

/** A page and the permission that it needs; without one it is not reached. The server decides again on every call. */
export function page(permission: Permission, path: string, load: NonNullable<Route['loadComponent']>): Route {
  return { path, loadComponent: load, canActivate: [mayOpen(permission)], data: { permission } };
}

/** One address, two pages: for whom this one is not, the next route of the same path is tried. */
export function onlyFor(permission: Permission): CanMatchFn {
  return async () => {
    const session = inject(Session);
    return (await session.resume()) && session.may(permission);
  };
}

/** Where somebody is led whose role demands a second factor. */
export const SECOND_FACTOR = 'second-factor';

function mayOpen(permission: Permission): CanActivateFn {
  return async (_route, state) => {
    const session = inject(Session);
    const router = inject(Router);
    if (!(await session.resume()))
      return router.createUrlTree(['/sign-in'], { queryParams: state.url === '/' ? {} : { back: state.url } });
    if (session.needsSecondFactorFor(permission)) return router.parseUrl(`/${SECOND_FACTOR}`);
    return session.may(permission) || router.parseUrl(homeOf(session.role()));
  };
}

/** The address without a path: everybody's own home. */
export const toHome: CanActivateFn = async () => {
  const session = inject(Session);
  const router = inject(Router);
  await session.resume();
  return router.parseUrl(homeOf(session.role()));
};

/** A page for everybody, in its frame when somebody is signed in. */
export const anybody: CanActivateFn = async () => {
  await inject(Session).resume();
  return true;
};

/** The sign-in page is for those who are not signed in. */
export const notYetSignedIn: CanActivateFn = async () => {
  const session = inject(Session);
  const router = inject(Router);
  return (await session.resume()) ? router.parseUrl(homeOf(session.role())) : true;
};
