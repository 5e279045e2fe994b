import type { Endpoint } from './endpoint/endpoint.js';
import { accessEndpoints } from './access/access.endpoints.js';
import { accountEndpoints, linkEndpoints } from './access/accounts.endpoints.js';
import { installationEndpoints } from './access/installation.endpoints.js';
import { factorEndpoints } from './access/second-factor.endpoints.js';
import { codeListEndpoints } from './codeLists/code-lists.endpoints.js';
import { municipalityEndpoints } from './municipalities/municipalities.endpoints.js';
import { directoryEndpoints } from './directory/directory.endpoints.js';
import { mediatorEndpoints } from './mediators/mediators.endpoints.js';
import { familyEndpoints } from './families/families.endpoints.js';
import { personEndpoints } from './persons/persons.endpoints.js';
import { consentEndpoints } from './consents/consents.endpoints.js';
import { registrationEndpoints } from './registration/registration.endpoints.js';
import { importEndpoints } from './imports/imports.endpoints.js';
import { outcomeEndpoints } from './outcomes/outcomes.endpoints.js';
import { draftEndpoints, unrecordedHelpEndpoints, visitEndpoints } from './visits/visits.endpoints.js';
import { noticeEndpoints } from './notices/notices.endpoints.js';
import { referralEndpoints } from './referrals/referrals.endpoints.js';
import { reportEndpoints } from './reports/reports.endpoints.js';
import { syncEndpoints } from './sync/sync.endpoints.js';

/** Every operation of Tilts by feature, in feature order: tests, the access matrix and OpenAPI loop over it. */
export const endpointsByFeature: Record<string, Record<string, Endpoint>> = {
  access: accessEndpoints,
  factors: factorEndpoints,
  accounts: accountEndpoints,
  links: linkEndpoints,
  installation: installationEndpoints,
  codeLists: codeListEndpoints,
  municipalities: municipalityEndpoints,
  directory: directoryEndpoints,
  mediators: mediatorEndpoints,
  families: familyEndpoints,
  persons: personEndpoints,
  consents: consentEndpoints,
  registration: registrationEndpoints,
  imports: importEndpoints,
  outcomes: outcomeEndpoints,
  visits: visitEndpoints,
  drafts: draftEndpoints,
  unrecordedHelp: unrecordedHelpEndpoints,
  notices: noticeEndpoints,
  referrals: referralEndpoints,
  sync: syncEndpoints,
  reports: reportEndpoints,
} as unknown as Record<string, Record<string, Endpoint>>;

export const allEndpoints: Endpoint[] = Object.values(endpointsByFeature).flatMap((feature) => Object.values(feature));
