/* global document, localStorage, navigator */
// Before anything is drawn: the colours that were chosen on this device, so that a dark page never flashes white. A file of its
// own, because the content policy allows no script inside the page. The key is the one of app/platform/preference.ts.
try {
  var scheme = localStorage.getItem('tilts.scheme');
  if (scheme === 'light' || scheme === 'dark') document.documentElement.setAttribute('data-scheme', scheme);
} catch (blocked) {
  // A browser that keeps nothing follows the device.
}
// And what the first page needs besides the app is asked for beside it, not after it: the texts in the language of the last visit, or what the
// browser prefers, and the scripts of the door when nobody is signed in, or those of Today on a mediator's phone. The keys are those of
// app/platform/preference.ts and app/sync/device-memory.ts.
try {
  var language = localStorage.getItem('tilts.language');
  var signedIn = localStorage.getItem('tilts.signed-in') !== null;
  var isPhone = localStorage.getItem('tilts.phone') !== null;
} catch (blocked) {
  language = null;
}
var named = function (what) {
  var meta = document.querySelector('meta[name=' + what + ']');
  return meta ? meta.content.split(' ').filter(Boolean) : [];
};
var askFor = function (path, rel) {
  var link = document.createElement('link');
  link.rel = rel;
  link.href = path;
  if (rel === 'preload') {
    link.as = 'fetch';
    link.crossOrigin = 'anonymous';
  }
  document.head.appendChild(link);
};
var tags = [language].concat(navigator.languages || [], 'lv');
var found = '';
for (var i = 0; i < tags.length && !found; i++) {
  found = named('texts').filter(function (path) {
    return path.indexOf('media/' + String(tags[i]).toLowerCase().split('-')[0] + '-') === 0;
  })[0];
  if (found) askFor(found, 'preload');
}
(isPhone ? named('phone') : signedIn ? [] : named('door')).forEach(function (path) {
  askFor(path, 'modulepreload');
});
