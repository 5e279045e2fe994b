// The code that the demo coordinator's authenticator app would show at this moment: `npm run demo-code`.
import { TOTP } from 'otpauth';
import { demoTotpSecret } from '../libs/testing/src/demo-totp.ts';

const totp = new TOTP({ secret: demoTotpSecret });
console.log(
  `${totp.generate()}  (coordinator@tilts.test, ${Math.ceil(totp.remaining() / 1000)} s more; each code signs in once)`,
);
