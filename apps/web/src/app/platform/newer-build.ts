import { DOCUMENT, inject } from '@angular/core';
import type { NavigationError } from '@angular/router';

/** A worker that does not answer within this time is asked again another time. */
const patience = 3_000;

/**
 * A page that stayed open over an update asks for scripts that are gone. Then the page that was asked for is opened anew, from the
 * new build. Without a network, or when the build is still this one, a reload would only lose what is on the screen.
 */
export async function openWithNewerBuild(failed: NavigationError): Promise<void> {
  const document = inject(DOCUMENT);
  if (!(await isReplaced(document))) return;
  // What the device keeps of this build is not whole, else the script would have been there: it would open the same page again.
  await forgetBuild(runningBuild(document));
  document.defaultView?.location.assign(failed.url);
}

/** Whether the server's start page names another build than the one that runs here. */
export async function isReplaced(document: Document): Promise<boolean> {
  const running = runningBuild(document);
  if (!running) return false;
  try {
    const answer = await fetch('/', { cache: 'no-store' });
    return answer.ok && !(await answer.text()).includes(running);
  } catch {
    return false;
  }
}

/** The build that runs on this page; empty where nobody named it (`npm run dev`). */
export function runningBuild(document: Document): string {
  return document.querySelector('meta[name="build"]')?.getAttribute('content') ?? '';
}

/** A build that cannot be mended is thrown off the device. What people wrote is kept elsewhere and stays. */
export async function forgetBuild(id: string): Promise<void> {
  const worker = navigator.serviceWorker?.controller;
  if (worker) await ask(worker, { say: 'forget', build: id });
}

/** Says something to the service worker (worker/worker.js) and hears its answer; undefined when it does not answer. */
export function ask(worker: ServiceWorker, question: object): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((done) => {
    port1.onmessage = ({ data }) => done(data as unknown);
    setTimeout(done, patience);
    worker.postMessage(question, [port2]);
  }).finally(() => port1.close());
}
