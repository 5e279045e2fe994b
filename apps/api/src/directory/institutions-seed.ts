import type { InstitutionKind } from '@tilts/domain';

/** One line of the directory: kind, name, street in its town, and where it differs from its kind. */
export interface SeedInstitution {
  kind: InstitutionKind;
  name: string;
  /** A crisis centre tells its address by phone. */
  street?: string;
  answerDays?: number;
  confirmedOn?: string;
}

/** Where nothing else is written, an institution answers in so many working days. */
export const answerDaysByKind: Partial<Record<InstitutionKind, number>> & { other: number } = {
  socialService: 15,
  custodyCourt: 10,
  crisisCentre: 1,
  school: 5,
  preschool: 5,
  familyDoctor: 5,
  ngo: 5,
  pedagogicalCommission: 20,
  housingCommission: 20,
  disabilityCommission: 20,
  ombudsman: 20,
  migrationOffice: 20,
  insuranceAgency: 10,
  employmentAgency: 10,
  other: 10,
};

/** Moved working days bind state bodies and are advised to municipalities; these kinds keep the plain calendar. */
export const keepPlainCalendar: readonly InstitutionKind[] = [
  'school',
  'preschool',
  'familyDoctor',
  'bailiff',
  'crisisCentre',
  'ngo',
];

const office = 'P 8.00–18.00, O–C 8.00–17.00, Pk 8.00–15.00';
export const hoursByKind: Partial<Record<InstitutionKind, string>> & { other: string } = {
  socialService: 'P 8.00–18.00, O 8.00–16.30, C 8.00–17.00, T un Pk pēc pieraksta',
  custodyCourt: 'P 13.00–18.00, C 9.00–12.00',
  school: 'P–Pk 8.00–16.00',
  preschool: 'P–Pk 7.00–18.30',
  familyDoctor: 'P un T 9.00–13.00, O un C 14.00–18.00, Pk 9.00–12.00',
  municipalPolice: 'Visu diennakti',
  statePolice: 'Visu diennakti',
  crisisCentre: 'Visu diennakti',
  ngo: 'T un C 10.00–14.00',
  bailiff: 'P 14.00–18.00, C 9.00–13.00',
  other: office,
};

/** Of these kinds a city has many, and those below are examples with invented names: an installation in real use takes them over never. */
export const exampleKinds: readonly InstitutionKind[] = keepPlainCalendar;

/** Names of offices are as they are called; every street, hour and day of confirmation is invented and stays in demo and tests. */
export const institutionsByCity: Record<string, readonly SeedInstitution[]> = {
  JELGAVA: [
    {
      kind: 'socialService',
      name: 'Jelgavas sociālo lietu pārvalde',
      street: 'Parauga iela 9',
      answerDays: 10,
      confirmedOn: '2026-10-14',
    },
    {
      kind: 'educationBoard',
      name: 'Jelgavas Izglītības pārvalde',
      street: 'Parauga iela 18',
      confirmedOn: '2026-10-14',
    },
    { kind: 'school', name: 'Jelgavas Liepu pamatskola', street: 'Liepu iela 3' },
    { kind: 'preschool', name: 'Pirmsskola „Saulstariņš”', street: 'Liepu iela 11' },
    { kind: 'pedagogicalCommission', name: 'Jelgavas pedagoģiski medicīniskā komisija', street: 'Parauga iela 18' },
    { kind: 'custodyCourt', name: 'Jelgavas bāriņtiesa', street: 'Parauga iela 2', confirmedOn: '2026-10-14' },
    { kind: 'registryOffice', name: 'Jelgavas dzimtsarakstu nodaļa', street: 'Parauga iela 6' },
    { kind: 'housingCommission', name: 'Jelgavas dzīvokļu komisija', street: 'Parauga iela 11' },
    { kind: 'familyDoctor', name: 'Ģimenes ārsta prakse Zemgales ielā', street: 'Zemgales iela 27' },
    { kind: 'municipalPolice', name: 'Jelgavas pašvaldības policija', street: 'Parauga iela 14' },
    { kind: 'bailiff', name: 'Zvērināta tiesu izpildītāja birojs Jelgavā', street: 'Zemgales iela 5' },
    { kind: 'ngo', name: 'Biedrība „Kopā Zemgalē”', street: 'Liepu iela 20' },
  ],
  DOBELE: [
    {
      kind: 'socialService',
      name: 'Dobeles novada Sociālais dienests',
      street: 'Parauga iela 4',
      answerDays: 15,
      confirmedOn: '2026-10-15',
    },
    { kind: 'educationBoard', name: 'Dobeles novada Izglītības pārvalde', street: 'Parauga iela 17' },
    { kind: 'school', name: 'Dobeles Ozolu vidusskola', street: 'Ozolu iela 2' },
    { kind: 'preschool', name: 'Pirmsskola „Ceriņi”', street: 'Ceriņu iela 8' },
    { kind: 'custodyCourt', name: 'Dobeles novada bāriņtiesa', street: 'Parauga iela 11', confirmedOn: '2026-10-15' },
    { kind: 'registryOffice', name: 'Dobeles novada dzimtsarakstu nodaļa', street: 'Parauga iela 1' },
    { kind: 'housingCommission', name: 'Dobeles novada Dzīvokļu jautājumu komisija', street: 'Parauga iela 17' },
    { kind: 'familyDoctor', name: 'Ģimenes ārsta prakse Ceriņu ielā', street: 'Ceriņu iela 1' },
    { kind: 'municipalPolice', name: 'Dobeles novada pašvaldības policija', street: 'Parauga iela 3' },
    { kind: 'ngo', name: 'Biedrība „Ceriņu pagalms”', street: 'Ceriņu iela 15' },
  ],
  RIGA: [
    {
      kind: 'socialService',
      name: 'Rīgas Sociālais dienests',
      street: 'Parauga iela 43',
      answerDays: 20,
      confirmedOn: '2026-10-21',
    },
    { kind: 'educationBoard', name: 'Rīgas izglītības pārvalde', street: 'Parauga iela 5' },
    { kind: 'school', name: 'Rīgas Kļavu pamatskola', street: 'Kļavu iela 40' },
    { kind: 'preschool', name: 'Pirmsskola „Pasaciņa”', street: 'Kļavu iela 52' },
    { kind: 'pedagogicalCommission', name: 'Rīgas pedagoģiski medicīniskā komisija', street: 'Parauga iela 5' },
    { kind: 'custodyCourt', name: 'Rīgas bāriņtiesa', street: 'Parauga iela 19' },
    { kind: 'registryOffice', name: 'Rīgas dzimtsarakstu nodaļa', street: 'Parauga iela 8' },
    { kind: 'housingCommission', name: 'Rīgas dzīvokļu komisija', street: 'Parauga iela 49', answerDays: 22 },
    { kind: 'familyDoctor', name: 'Ģimenes ārsta prakse Kļavu ielā', street: 'Kļavu iela 7' },
    { kind: 'municipalPolice', name: 'Rīgas pašvaldības policija', street: 'Parauga iela 37' },
    { kind: 'crisisCentre', name: 'Krīzes centrs „Patvērums”', confirmedOn: '2026-10-21' },
    { kind: 'bailiff', name: 'Zvērināta tiesu izpildītāja birojs Rīgā', street: 'Kļavu iela 101' },
    { kind: 'ngo', name: 'Biedrība „Atvērtais pagalms”', street: 'Kļavu iela 75' },
  ],
  VALMIERA: [
    {
      kind: 'socialService',
      name: 'Valmieras novada Sociālais dienests',
      street: 'Parauga iela 10',
      answerDays: 14,
      confirmedOn: '2026-10-19',
    },
    { kind: 'educationBoard', name: 'Valmieras novada Izglītības pārvalde', street: 'Parauga iela 22' },
    { kind: 'school', name: 'Valmieras Bērzu pamatskola', street: 'Bērzu iela 6' },
    { kind: 'preschool', name: 'Pirmsskola „Gaujiņa”', street: 'Bērzu iela 14' },
    { kind: 'custodyCourt', name: 'Valmieras novada bāriņtiesa', street: 'Parauga iela 12' },
    { kind: 'registryOffice', name: 'Valmieras novada dzimtsarakstu nodaļa', street: 'Parauga iela 1' },
    { kind: 'housingCommission', name: 'Valmieras novada Dzīvokļu komisija', street: 'Parauga iela 22' },
    { kind: 'familyDoctor', name: 'Ģimenes ārsta prakse Bērzu ielā', street: 'Bērzu iela 31' },
    { kind: 'municipalPolice', name: 'Valmieras novada pašvaldības policija', street: 'Parauga iela 7' },
    { kind: 'crisisCentre', name: 'Krīzes centrs „Ligzda”' },
    { kind: 'ngo', name: 'Biedrība „Gaujas krasts”', street: 'Bērzu iela 2' },
  ],
  VENTSPILS: [
    {
      kind: 'socialService',
      name: 'Ventspils Sociālais dienests',
      street: 'Parauga iela 10',
      answerDays: 22,
      confirmedOn: '2026-10-20',
    },
    { kind: 'educationBoard', name: 'Ventspils Izglītības pārvalde', street: 'Parauga iela 36' },
    { kind: 'school', name: 'Ventspils Kāpu pamatskola', street: 'Kāpu iela 12' },
    { kind: 'preschool', name: 'Pirmsskola „Kaija”', street: 'Kāpu iela 21' },
    { kind: 'custodyCourt', name: 'Ventspils bāriņtiesa', street: 'Parauga iela 17', confirmedOn: '2026-10-20' },
    { kind: 'registryOffice', name: 'Ventspils dzimtsarakstu nodaļa', street: 'Parauga iela 2' },
    { kind: 'housingCommission', name: 'Ventspils dzīvokļu komisija', street: 'Parauga iela 10' },
    { kind: 'familyDoctor', name: 'Ģimenes ārsta prakse Kāpu ielā', street: 'Kāpu iela 4' },
    { kind: 'municipalPolice', name: 'Ventspils pašvaldības policija', street: 'Parauga iela 19' },
    { kind: 'bailiff', name: 'Zvērināta tiesu izpildītāja birojs Ventspilī', street: 'Kāpu iela 50' },
    { kind: 'ngo', name: 'Biedrība „Jūrmalas māja”', street: 'Kāpu iela 60' },
  ],
};

/** Those that work in the whole country. */
export const nationalInstitutions: readonly SeedInstitution[] = [
  {
    kind: 'employmentAgency',
    name: 'Nodarbinātības valsts aģentūra (NVA)',
    street: 'Parauga laukums 1',
    confirmedOn: '2026-10-22',
  },
  {
    kind: 'migrationOffice',
    name: 'Pilsonības un migrācijas lietu pārvalde (PMLP)',
    street: 'Parauga laukums 2',
    confirmedOn: '2026-10-22',
  },
  { kind: 'insuranceAgency', name: 'Valsts sociālās apdrošināšanas aģentūra (VSAA)', street: 'Parauga laukums 3' },
  {
    kind: 'disabilityCommission',
    name: 'Veselības un darbspēju ekspertīzes ārstu valsts komisija (VDEĀVK)',
    street: 'Parauga laukums 4',
  },
  {
    kind: 'pedagogicalCommission',
    name: 'Valsts pedagoģiski medicīniskā komisija',
    street: 'Parauga laukums 5',
    answerDays: 60,
  },
  { kind: 'childProtectionCentre', name: 'Bērnu aizsardzības centrs', street: 'Parauga laukums 6' },
  { kind: 'probationService', name: 'Valsts probācijas dienests', street: 'Parauga laukums 7' },
  { kind: 'statePolice', name: 'Valsts policija', street: 'Parauga laukums 8' },
  { kind: 'integrationFoundation', name: 'Sabiedrības integrācijas fonds (SIF)', street: 'Parauga laukums 9' },
  { kind: 'ombudsman', name: 'Tiesībsarga birojs', street: 'Parauga laukums 10', confirmedOn: '2026-10-22' },
];
