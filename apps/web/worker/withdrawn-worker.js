/* global caches, self */
// Takes the place of worker.js when a broken one is out (docs/operations.md): it removes itself and the kept builds from every device, so
// that pages come from the server again. What people have written (IndexedDB) it leaves alone.
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) =>
  event.waitUntil(
    (async () => {
      for (const name of await caches.keys()) if (name.startsWith('tilts-build-')) await caches.delete(name);
      await self.registration.unregister();
    })(),
  ),
);
