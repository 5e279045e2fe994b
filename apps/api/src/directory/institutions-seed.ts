import type { InstitutionKind } from '@tilts/domain';

/** One line of the directory: kind, name, street and town, and where it differs from its kind. */
export interface SeedInstitution {
  kind: InstitutionKind;
  name: string;
  address: string;
  answerDays?: number;
  hasUsers?: boolean;
  confirmedOn?: string;
}

/** Where nothing else is written, an institution answers in so many working days. */
export const answerDaysByKind: Partial<Record<InstitutionKind, number>> & { other: number } = {
  socialService: 15, custodyCourt: 10, crisisCentre: 1, school: 5, preschool: 5, familyDoctor: 5, ngo: 5, pedagogicalCommission: 20, housingCommission: 20,
  disabilityCommission: 20, ombudsman: 20, migrationOffice: 20, insuranceAgency: 10, employmentAgency: 10, other: 10,
};

/** Moved working days bind state bodies and are advised to municipalities; these kinds keep the plain calendar. */
export const keepPlainCalendar: readonly InstitutionKind[] = ['school', 'preschool', 'familyDoctor', 'bailiff', 'crisisCentre', 'ngo'];

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

/** Names are as they are called; every address, phone and e-mail is invented and has to be confirmed before real use. */
export const institutionsByCity: Record<string, readonly SeedInstitution[]> = {
  JELGAVA: [
    { kind: 'socialService', name: 'Jelgavas sociālo lietu pārvalde', address: 'Parauga iela 9, Jelgava', answerDays: 10, hasUsers: true, confirmedOn: '2026-10-14' },
    { kind: 'educationBoard', name: 'Jelgavas Izglītības pārvalde', address: 'Parauga iela 18, Jelgava', confirmedOn: '2026-10-14' },
    { kind: 'school', name: 'Jelgavas Liepu pamatskola', address: 'Liepu iela 3, Jelgava' },
    { kind: 'preschool', name: 'Pirmsskola „Saulstariņš”', address: 'Liepu iela 11, Jelgava' },
    { kind: 'pedagogicalCommission', name: 'Jelgavas pedagoģiski medicīniskā komisija', address: 'Parauga iela 18, Jelgava' },
    { kind: 'custodyCourt', name: 'Jelgavas bāriņtiesa', address: 'Parauga iela 2, Jelgava', confirmedOn: '2026-10-14' },
    { kind: 'registryOffice', name: 'Jelgavas dzimtsarakstu nodaļa', address: 'Parauga iela 6, Jelgava' },
    { kind: 'housingCommission', name: 'Jelgavas dzīvokļu komisija', address: 'Parauga iela 11, Jelgava' },
    { kind: 'familyDoctor', name: 'Ģimenes ārsta prakse Zemgales ielā', address: 'Zemgales iela 27, Jelgava' },
    { kind: 'municipalPolice', name: 'Jelgavas pašvaldības policija', address: 'Parauga iela 14, Jelgava' },
    { kind: 'bailiff', name: 'Zvērināta tiesu izpildītāja birojs Jelgavā', address: 'Zemgales iela 5, Jelgava' },
    { kind: 'ngo', name: 'Biedrība „Kopā Zemgalē”', address: 'Liepu iela 20, Jelgava' },
  ],
  DOBELE: [
    { kind: 'socialService', name: 'Dobeles novada Sociālais dienests', address: 'Parauga iela 4, Dobele', answerDays: 15, hasUsers: true, confirmedOn: '2026-10-15' },
    { kind: 'educationBoard', name: 'Dobeles novada Izglītības pārvalde', address: 'Parauga iela 17, Dobele' },
    { kind: 'school', name: 'Dobeles Ozolu vidusskola', address: 'Ozolu iela 2, Dobele' },
    { kind: 'preschool', name: 'Pirmsskola „Ceriņi”', address: 'Ceriņu iela 8, Dobele' },
    { kind: 'custodyCourt', name: 'Dobeles novada bāriņtiesa', address: 'Parauga iela 11, Dobele', confirmedOn: '2026-10-15' },
    { kind: 'registryOffice', name: 'Dobeles novada dzimtsarakstu nodaļa', address: 'Parauga iela 1, Dobele' },
    { kind: 'housingCommission', name: 'Dobeles novada Dzīvokļu jautājumu komisija', address: 'Parauga iela 17, Dobele' },
    { kind: 'familyDoctor', name: 'Ģimenes ārsta prakse Ceriņu ielā', address: 'Ceriņu iela 1, Dobele' },
    { kind: 'municipalPolice', name: 'Dobeles novada pašvaldības policija', address: 'Parauga iela 3, Dobele' },
    { kind: 'ngo', name: 'Biedrība „Ceriņu pagalms”', address: 'Ceriņu iela 15, Dobele' },
  ],
  RIGA: [
    { kind: 'socialService', name: 'Rīgas Sociālais dienests', address: 'Parauga iela 43, Rīga', answerDays: 20, hasUsers: true, confirmedOn: '2026-10-21' },
    { kind: 'educationBoard', name: 'Rīgas izglītības pārvalde', address: 'Parauga iela 5, Rīga' },
    { kind: 'school', name: 'Rīgas Kļavu pamatskola', address: 'Kļavu iela 40, Rīga' },
    { kind: 'preschool', name: 'Pirmsskola „Pasaciņa”', address: 'Kļavu iela 52, Rīga' },
    { kind: 'pedagogicalCommission', name: 'Rīgas pedagoģiski medicīniskā komisija', address: 'Parauga iela 5, Rīga' },
    { kind: 'custodyCourt', name: 'Rīgas bāriņtiesa', address: 'Parauga iela 19, Rīga' },
    { kind: 'registryOffice', name: 'Rīgas dzimtsarakstu nodaļa', address: 'Parauga iela 8, Rīga' },
    { kind: 'housingCommission', name: 'Rīgas dzīvokļu komisija', address: 'Parauga iela 49, Rīga', answerDays: 22 },
    { kind: 'familyDoctor', name: 'Ģimenes ārsta prakse Kļavu ielā', address: 'Kļavu iela 7, Rīga' },
    { kind: 'municipalPolice', name: 'Rīgas pašvaldības policija', address: 'Parauga iela 37, Rīga' },
    { kind: 'crisisCentre', name: 'Krīzes centrs „Patvērums”', address: 'Adresi pasaka pa tālruni', confirmedOn: '2026-10-21' },
    { kind: 'bailiff', name: 'Zvērināta tiesu izpildītāja birojs Rīgā', address: 'Kļavu iela 101, Rīga' },
    { kind: 'ngo', name: 'Biedrība „Atvērtais pagalms”', address: 'Kļavu iela 75, Rīga' },
  ],
  VALMIERA: [
    { kind: 'socialService', name: 'Valmieras novada Sociālais dienests', address: 'Parauga iela 10, Valmiera', answerDays: 14, hasUsers: true, confirmedOn: '2026-10-19' },
    { kind: 'educationBoard', name: 'Valmieras novada Izglītības pārvalde', address: 'Parauga iela 22, Valmiera' },
    { kind: 'school', name: 'Valmieras Bērzu pamatskola', address: 'Bērzu iela 6, Valmiera' },
    { kind: 'preschool', name: 'Pirmsskola „Gaujiņa”', address: 'Bērzu iela 14, Valmiera' },
    { kind: 'custodyCourt', name: 'Valmieras novada bāriņtiesa', address: 'Parauga iela 12, Valmiera' },
    { kind: 'registryOffice', name: 'Valmieras novada dzimtsarakstu nodaļa', address: 'Parauga iela 1, Valmiera' },
    { kind: 'housingCommission', name: 'Valmieras novada Dzīvokļu komisija', address: 'Parauga iela 22, Valmiera' },
    { kind: 'familyDoctor', name: 'Ģimenes ārsta prakse Bērzu ielā', address: 'Bērzu iela 31, Valmiera' },
    { kind: 'municipalPolice', name: 'Valmieras novada pašvaldības policija', address: 'Parauga iela 7, Valmiera' },
    { kind: 'crisisCentre', name: 'Krīzes centrs „Ligzda”', address: 'Adresi pasaka pa tālruni' },
    { kind: 'ngo', name: 'Biedrība „Gaujas krasts”', address: 'Bērzu iela 2, Valmiera' },
  ],
  VENTSPILS: [
    { kind: 'socialService', name: 'Ventspils Sociālais dienests', address: 'Parauga iela 10, Ventspils', answerDays: 22, hasUsers: true, confirmedOn: '2026-10-20' },
    { kind: 'educationBoard', name: 'Ventspils Izglītības pārvalde', address: 'Parauga iela 36, Ventspils' },
    { kind: 'school', name: 'Ventspils Kāpu pamatskola', address: 'Kāpu iela 12, Ventspils' },
    { kind: 'preschool', name: 'Pirmsskola „Kaija”', address: 'Kāpu iela 21, Ventspils' },
    { kind: 'custodyCourt', name: 'Ventspils bāriņtiesa', address: 'Parauga iela 17, Ventspils', confirmedOn: '2026-10-20' },
    { kind: 'registryOffice', name: 'Ventspils dzimtsarakstu nodaļa', address: 'Parauga iela 2, Ventspils' },
    { kind: 'housingCommission', name: 'Ventspils dzīvokļu komisija', address: 'Parauga iela 10, Ventspils' },
    { kind: 'familyDoctor', name: 'Ģimenes ārsta prakse Kāpu ielā', address: 'Kāpu iela 4, Ventspils' },
    { kind: 'municipalPolice', name: 'Ventspils pašvaldības policija', address: 'Parauga iela 19, Ventspils' },
    { kind: 'bailiff', name: 'Zvērināta tiesu izpildītāja birojs Ventspilī', address: 'Kāpu iela 50, Ventspils' },
    { kind: 'ngo', name: 'Biedrība „Jūrmalas māja”', address: 'Kāpu iela 60, Ventspils' },
  ],
};

/** Those that work in the whole country. */
export const nationalInstitutions: readonly SeedInstitution[] = [
  { kind: 'employmentAgency', name: 'Nodarbinātības valsts aģentūra (NVA)', address: 'Parauga laukums 1, Rīga', confirmedOn: '2026-10-22' },
  { kind: 'migrationOffice', name: 'Pilsonības un migrācijas lietu pārvalde (PMLP)', address: 'Parauga laukums 2, Rīga', confirmedOn: '2026-10-22' },
  { kind: 'insuranceAgency', name: 'Valsts sociālās apdrošināšanas aģentūra (VSAA)', address: 'Parauga laukums 3, Rīga' },
  { kind: 'disabilityCommission', name: 'Veselības un darbspēju ekspertīzes ārstu valsts komisija (VDEĀVK)', address: 'Parauga laukums 4, Rīga' },
  { kind: 'pedagogicalCommission', name: 'Valsts pedagoģiski medicīniskā komisija', address: 'Parauga laukums 5, Rīga', answerDays: 60 },
  { kind: 'childProtectionCentre', name: 'Bērnu aizsardzības centrs', address: 'Parauga laukums 6, Rīga' },
  { kind: 'probationService', name: 'Valsts probācijas dienests', address: 'Parauga laukums 7, Rīga' },
  { kind: 'statePolice', name: 'Valsts policija', address: 'Parauga laukums 8, Rīga' },
  { kind: 'integrationFoundation', name: 'Sabiedrības integrācijas fonds (SIF)', address: 'Parauga laukums 9, Rīga' },
  { kind: 'ombudsman', name: 'Tiesībsarga birojs', address: 'Parauga laukums 10, Rīga', confirmedOn: '2026-10-22' },
];
