/* global document, localStorage */
// Before anything is drawn: the colours that were chosen on this device, so that a dark page never flashes white. A file of its
// own, because the content policy allows no script inside the page. The key is the one of app/platform/preference.ts.
try {
  var scheme = localStorage.getItem('tilts.scheme');
  if (scheme === 'light' || scheme === 'dark') document.documentElement.setAttribute('data-scheme', scheme);
} catch (blocked) {
  // A browser that keeps nothing follows the device.
}
