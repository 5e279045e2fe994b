import { DOCUMENT, inject } from '@angular/core';
import type { NavigationError } from '@angular/router';

/**
 * A page that stayed open over an update asks for scripts that are gone. Then the page that was asked for is opened anew, from the
 * new build. Without a network, or when the build is still this one, a reload would only lose what is on the screen.
 */
export async function openWithNewerBuild(failed: NavigationError): Promise<void> {
  const document = inject(DOCUMENT);
  if (await isReplaced(document)) document.defaultView?.location.assign(failed.url);
}

/** Whether the server's start page names another main script than the one that runs here. */
export async function isReplaced(document: Document): Promise<boolean> {
  const running = document.querySelector('script[type="module"][src]')?.getAttribute('src');
  if (!running) return false;
  try {
    const answer = await fetch('/', { cache: 'no-store' });
    return answer.ok && !(await answer.text()).includes(running);
  } catch {
    return false;
  }
}
