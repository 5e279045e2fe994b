// In the place of reflect-metadata (tsconfig.json), which is 3.5 KiB of the first screen: nothing in a browser build writes types down, so
// there is none to be found. class-transformer asks before it takes the type that it is told.
Object.assign(Reflect, { getMetadata: () => undefined });
