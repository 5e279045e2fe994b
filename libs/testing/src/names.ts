import type { SeededRandom } from './random.js';

/** Everyday Latvian names. Whoever gets two of them by chance is invented; no mediator or client stands behind them. */
export const womensNames = [
  'Anna',
  'Marija',
  'Ruta',
  'Zane',
  'Laura',
  'Inese',
  'Dzintra',
  'Sanita',
  'Vineta',
  'Līga',
  'Agnese',
  'Evita',
  'Kristīne',
  'Madara',
  'Paula',
  'Elīna',
  'Aija',
  'Biruta',
  'Daina',
  'Gunta',
  'Ilona',
  'Jolanta',
  'Karīna',
  'Lāsma',
  'Monta',
  'Nellija',
  'Olita',
  'Rasma',
  'Sabīne',
  'Tekla',
  'Undīne',
  'Velga',
  'Žanete',
  'Ārija',
  'Šarlote',
  'Viktorija',
] as const;

export const mensNames = [
  'Pēteris',
  'Jānis',
  'Andris',
  'Raivis',
  'Mārtiņš',
  'Kārlis',
  'Edgars',
  'Guntis',
  'Normunds',
  'Sandis',
  'Toms',
  'Uldis',
  'Valdis',
  'Zigmārs',
  'Ādams',
  'Bruno',
  'Centis',
  'Dāvis',
  'Emīls',
  'Fricis',
  'Gustavs',
  'Hugo',
  'Imants',
  'Kaspars',
  'Leons',
  'Miķelis',
  'Niklāvs',
  'Oskars',
  'Ralfs',
  'Staņislavs',
  'Teodors',
  'Vilnis',
  'Artis',
  'Elvis',
  'Roberts',
  'Roberto',
] as const;

/** Surname as a man bears it and as a woman does: Latvian surnames inflect by gender. */
export const surnames = [
  ['Bērziņš', 'Bērziņa'],
  ['Kalniņš', 'Kalniņa'],
  ['Ozoliņš', 'Ozoliņa'],
  ['Liepiņš', 'Liepiņa'],
  ['Krūmiņš', 'Krūmiņa'],
  ['Balodis', 'Balode'],
  ['Zariņš', 'Zariņa'],
  ['Vītols', 'Vītola'],
  ['Kļaviņš', 'Kļaviņa'],
  ['Sproģis', 'Sproģe'],
  ['Dūmiņš', 'Dūmiņa'],
  ['Vanags', 'Vanaga'],
  ['Cīrulis', 'Cīrule'],
  ['Žagars', 'Žagare'],
  ['Strazdiņš', 'Strazdiņa'],
  ['Gulbis', 'Gulbe'],
  ['Lācis', 'Lāce'],
  ['Vilciņš', 'Vilciņa'],
  ['Mednis', 'Medne'],
  ['Rubenis', 'Rubene'],
  ['Pūpols', 'Pūpola'],
  ['Dzenis', 'Dzene'],
  ['Zīlītis', 'Zīlīte'],
  ['Skujiņš', 'Skujiņa'],
  ['Rasiņš', 'Rasiņa'],
  ['Ābolkalns', 'Ābolkalna'],
  ['Vējiņš', 'Vējiņa'],
  ['Smiltnieks', 'Smiltniece'],
  ['Burkāns', 'Burkāne'],
  ['Dzērvītis', 'Dzērvīte'],
  ['Lapsiņš', 'Lapsiņa'],
  ['Rudzroga', 'Rudzroga'],
  ['Pīlādzis', 'Pīlādze'],
  ['Mežvērs', 'Mežvēra'],
  ['Saulgriezis', 'Saulgrieze'],
  ['Zvirbulis', 'Zvirbule'],
] as const;

export interface InventedSurname {
  man: string;
  woman: string;
}

export function inventedSurname(random: SeededRandom): InventedSurname {
  const [man, woman] = random.pick(surnames);
  return { man, woman };
}

export function inventedFirstName(random: SeededRandom, gender: 'woman' | 'man'): string {
  return random.pick(gender === 'woman' ? womensNames : mensNames);
}
