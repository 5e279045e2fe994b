/**
 * The secret of the demo coordinator's authenticator app, in base32: whoever tries the demo reads it in the greeting of the
 * start. Production refuses demo data.
 */
export const demoTotpSecret = 'TILTSDEMOTILTSDEMOTILTSDEMO23456';
