import type { InstitutionKind, NeedArea } from '@tilts/domain';

interface SeedService {
  name: string;
  needAreas: NeedArea[];
  description?: string;
  requiredDocuments?: string;
  fees?: string;
}

const ID = 'Personu apliecinošs dokuments';
const FREE = 'Bez maksas';

/** What institutions of a kind do for people, as the directory tells it before a city corrects it. No amounts: they change yearly. */
export const servicesByKind: Record<InstitutionKind, readonly SeedService[]> = {
  socialService: [
    {
      name: 'Sociālā darba pakalpojums',
      needAreas: ['SOC', 'CHI', 'HOU', 'DEB'],
      description: 'Sociālais darbinieks kopā ar ģimeni izvērtē situāciju un vienojas, ko darīt.',
      requiredDocuments: ID,
      fees: FREE,
    },
    {
      name: 'Garantētā minimālā ienākuma pabalsts',
      needAreas: ['SOC'],
      description: 'Naudas pabalsts mājsaimniecībai ar ļoti maziem ienākumiem.',
      requiredDocuments: `${ID}, konta izraksti un ziņas par ienākumiem`,
      fees: FREE,
    },
    {
      name: 'Mājokļa pabalsts',
      needAreas: ['SOC', 'HOU', 'DEB'],
      description: 'Palīdzība samaksāt īri un komunālos maksājumus.',
      requiredDocuments: `${ID}, īres līgums, rēķini par mājokli`,
      fees: FREE,
    },
    {
      name: 'Ģimenes asistents',
      needAreas: ['SOC', 'CHI', 'EDU'],
      description: 'Asistents nāk uz mājām un palīdz ikdienas darbos ar bērniem, naudu un papīriem.',
      requiredDocuments: ID,
      fees: FREE,
    },
    {
      name: 'Pārtikas un higiēnas preču paka',
      needAreas: ['SOC'],
      requiredDocuments: `${ID}, izziņa par mājsaimniecības statusu`,
      fees: FREE,
    },
  ],
  educationBoard: [
    {
      name: 'Vieta skolā vai pirmsskolā',
      needAreas: ['EDU'],
      requiredDocuments: `${ID}, bērna dzimšanas apliecība`,
      fees: FREE,
    },
    {
      name: 'Atbalsts, ja bērns kavē skolu',
      needAreas: ['EDU', 'CHI'],
      description: 'Saruna ar skolu un ģimeni par to, kas bērnam palīdzētu.',
      fees: FREE,
    },
  ],
  school: [
    {
      name: 'Uzņemšana skolā',
      needAreas: ['EDU'],
      requiredDocuments: `${ID}, bērna dzimšanas apliecība, medicīniskā karte`,
      fees: FREE,
    },
    { name: 'Sociālā pedagoga atbalsts', needAreas: ['EDU', 'CHI', 'LAN'], fees: FREE },
    { name: 'Skolas pusdienas', needAreas: ['EDU', 'SOC'], requiredDocuments: 'Iesniegums skolā' },
  ],
  preschool: [
    {
      name: 'Vieta bērnudārzā',
      needAreas: ['EDU', 'LAN'],
      requiredDocuments: `${ID}, bērna dzimšanas apliecība, medicīniskā karte`,
    },
  ],
  pedagogicalCommission: [
    {
      name: 'Atzinums par bērnam piemērotu izglītības programmu',
      needAreas: ['EDU'],
      requiredDocuments: `${ID}, skolas un ārsta izziņas`,
      fees: FREE,
    },
  ],
  employmentAgency: [
    {
      name: 'Bezdarbnieka vai darba meklētāja statuss',
      needAreas: ['EMP'],
      requiredDocuments: `${ID}, izglītības dokumenti, ja tādi ir`,
      fees: FREE,
    },
    { name: 'Kursi un darba meklēšanas atbalsts', needAreas: ['EMP', 'LAN'], requiredDocuments: ID, fees: FREE },
  ],
  custodyCourt: [
    { name: 'Bērna tiesību un interešu aizsardzība', needAreas: ['CHI'], requiredDocuments: ID, fees: FREE },
  ],
  childProtectionCentre: [{ name: 'Konsultācijas par bērnu tiesībām', needAreas: ['CHI', 'EDU'], fees: FREE }],
  migrationOffice: [
    {
      name: 'Personas apliecība un pase',
      needAreas: ['DOC'],
      requiredDocuments: 'Iepriekšējais dokuments vai dzimšanas apliecība',
      fees: 'Valsts nodeva',
    },
    {
      name: 'Dzīvesvietas deklarēšana',
      needAreas: ['DOC', 'HOU'],
      requiredDocuments: `${ID}, ziņas par mājokļa īpašnieku`,
    },
    { name: 'Pilsonība un personas statuss', needAreas: ['DOC'], requiredDocuments: 'Visi dokumenti, kādi ir' },
  ],
  registryOffice: [
    {
      name: 'Dzimšanas reģistrācija un apliecība',
      needAreas: ['DOC'],
      requiredDocuments: `Vecāku ${ID.toLowerCase()}, ārsta izziņa`,
    },
  ],
  housingCommission: [
    {
      name: 'Reģistrs palīdzībai dzīvokļa jautājumos',
      needAreas: ['HOU'],
      requiredDocuments: `${ID}, ziņas par ienākumiem un tagadējo mājokli`,
      fees: FREE,
    },
    {
      name: 'Sociālais dzīvoklis',
      needAreas: ['HOU', 'SOC'],
      requiredDocuments: `${ID}, izziņa par mājsaimniecības statusu`,
      fees: FREE,
    },
  ],
  familyDoctor: [
    { name: 'Reģistrācija pie ģimenes ārsta', needAreas: ['HEA'], requiredDocuments: ID, fees: FREE },
    { name: 'Vakcinācija', needAreas: ['HEA', 'CHI'], requiredDocuments: 'Vakcinācijas pase, ja tāda ir' },
  ],
  disabilityCommission: [
    {
      name: 'Invaliditātes ekspertīze',
      needAreas: ['HEA', 'SOC'],
      requiredDocuments: `${ID}, ģimenes ārsta nosūtījums`,
      fees: FREE,
    },
  ],
  insuranceAgency: [
    {
      name: 'Ģimenes valsts pabalsts',
      needAreas: ['SOC'],
      requiredDocuments: `${ID}, bērna dzimšanas apliecība`,
      fees: FREE,
    },
    { name: 'Pensijas un citi valsts pabalsti', needAreas: ['SOC'], requiredDocuments: ID, fees: FREE },
  ],
  probationService: [
    { name: 'Atbalsts pēc ieslodzījuma', needAreas: ['OTH', 'EMP', 'SOC'], requiredDocuments: ID, fees: FREE },
  ],
  statePolice: [
    { name: 'Iesniegums par pārkāpumu', needAreas: ['DIS', 'CHI', 'OTH'], requiredDocuments: ID, fees: FREE },
  ],
  municipalPolice: [{ name: 'Palīdzība strīdos un kārtības jautājumos', needAreas: ['CHI', 'OTH'], fees: FREE }],
  integrationFoundation: [
    { name: 'Atbalsta programmas un konsultācijas', needAreas: ['CUL', 'EMP', 'DIS', 'LAN'], fees: FREE },
  ],
  ombudsman: [
    {
      name: 'Sūdzība par atšķirīgu attieksmi',
      needAreas: ['DIS'],
      description: 'Var rakstīt, zvanīt vai atnākt. Palīdz pierakstīt sūdzību.',
      fees: FREE,
    },
  ],
  bailiff: [
    {
      name: 'Vienošanās par parāda samaksu',
      needAreas: ['DEB'],
      requiredDocuments: `${ID}, tiesu izpildītāja vēstule`,
    },
  ],
  crisisCentre: [
    {
      name: 'Droša vieta ģimenei krīzē',
      needAreas: ['CHI', 'HOU', 'SOC'],
      description: 'Uzņem arī naktī.',
      fees: FREE,
    },
  ],
  ngo: [
    { name: 'Pārtikas un apģērba palīdzība', needAreas: ['SOC'], fees: FREE },
    {
      name: 'Bezmaksas juridiskā konsultācija',
      needAreas: ['DEB', 'DIS', 'HOU'],
      requiredDocuments: 'Vēstules un līgumi, par kuriem jautāsiet',
      fees: FREE,
    },
    { name: 'Latviešu valodas un lasīšanas nodarbības', needAreas: ['LAN', 'EDU', 'CUL'], fees: FREE },
  ],
};
