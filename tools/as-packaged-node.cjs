// Loaded into npm by start.mjs. npm leaves out, without a word, optional packages that do not run on the Node that runs npm
// (Debian 12 and Ubuntu 24.04 have 18); whatever is left out would be missing later on the packaged Node, on which all of it runs.
const { packages } = require('../package-lock.json');
const packaged = packages[`node_modules/node-${process.platform}-${process.arch}`];
if (packaged) Object.defineProperty(process, 'version', { value: `v${packaged.version}` });
