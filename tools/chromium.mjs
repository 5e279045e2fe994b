// Where the large tests find a browser: the one of the machine, else Chromium from the npm package @sparticuz/chromium.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
// No sandbox: it does not work as root nor in most containers; the pages are our own.
const args = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'];

/** Launch options for Playwright. CHROMIUM_PATH names another browser, E2E_CHROMIUM=packaged takes the one from npm. */
export async function findChromium() {
  const installed = [process.env.CHROMIUM_PATH, ...INSTALLED].find((path) => path && existsSync(path));
  if (installed && process.env.E2E_CHROMIUM !== 'packaged') return { executablePath: installed, args };
  if (process.platform !== 'linux') return { channel: 'chrome', args };
  return packagedChromium();
}

async function packagedChromium() {
  const folder = join(import.meta.dirname, '..', 'node_modules', '.cache', 'chromium');
  mkdirSync(folder, { recursive: true });
  const saved = { ...process.env };
  // It unpacks into TMPDIR, and its bundled libraries (libnss3 and others) only when it believes to be in AWS Lambda.
  process.env.TMPDIR = folder;
  process.env.AWS_LAMBDA_JS_RUNTIME = 'nodejs24.x';
  const { default: chromium } = await import('@sparticuz/chromium');
  const executablePath = await chromium.executablePath();
  // One by one: os.tmpdir() reads the real environment, which a new object in process.env would not change back.
  for (const name of ['TMPDIR', 'AWS_LAMBDA_JS_RUNTIME']) {
    if (saved[name] === undefined) delete process.env[name];
    else process.env[name] = saved[name];
  }
  // Without a font Playwright takes every text for hidden; the package's own configuration points to a fixed folder.
  const fonts = join(folder, 'fonts');
  writeFileSync(
    join(fonts, 'fonts.conf'),
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${fonts}</dir>` +
      `<dir>/usr/share/fonts</dir><cachedir>${join(folder, 'fonts-cache')}</cachedir></fontconfig>`,
  );
  const env = { ...saved, LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'), FONTCONFIG_PATH: fonts };
  // Not the package's own arguments: --single-process ends the browser with its first context, and one switches off web security.
  return { executablePath, args, env };
}

// Two runs that begin at once would unpack it over each other.
if (process.argv[1] === import.meta.filename) await findChromium();
