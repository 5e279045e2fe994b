const dist = new URL('../../apps/api/dist/', import.meta.url);

/** A module of the built API; it is there only after a build, so nothing that reads the tools may look for it. */
export const built = (file) => import(new URL(file, dist).href);
