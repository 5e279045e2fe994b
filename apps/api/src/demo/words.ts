import type { NeedArea, ReferralMove } from '@tilts/domain';

/** Invented sentences for notes and requests. They name nobody. */

export const notes: Partial<Record<NeedArea, readonly string[]>> & { OTH: readonly string[] } = {
  EDU: [
    'Runājām par skolas apmeklējumu; vecāki sola sekot līdzi dienasgrāmatai.',
    'Skola piedāvā pagarinātās dienas grupu.',
    'Pārrunājām, kādi dokumenti vajadzīgi bērnudārzam.',
  ],
  SOC: ['Izskaidroju, kādas izziņas vajadzīgas pabalstam.', 'Iesniegums aizpildīts, trūkst izziņas par ienākumiem.'],
  HOU: [
    'Dzīvoklī mitra siena; nofotografējām un uzrakstījām iesniegumu.',
    'Rinda uz pašvaldības dzīvokli; pārbaudījām numuru.',
  ],
  EMP: ['Kopā apskatījām vakances; interesē darbs noliktavā.', 'Pieteicās uz kursiem.'],
  HEA: ['Atradām ģimenes ārstu, kas pieņem jaunus pacientus.', 'Jāatgādina par vizīti pie zobārsta.'],
  DOC: ['Personas apliecībai beidzies termiņš.', 'Deklarētā adrese neatbilst dzīvesvietai.'],
  DEB: ['Vienošanās par parādu: maksājums reizi mēnesī.'],
  OTH: ['Īsa saruna, viss kārtībā.', 'Norunājām tikties nākamnedēļ.', 'Palūdza piezvanīt pēc algas dienas.'],
};

export const nextSteps = [
  'Piezvanīt skolai par kavējumiem',
  'Personas apliecībai beidzas termiņš',
  'Aiznest iesniegumu sociālajam dienestam',
  'Pajautāt, vai pabalsts saņemts',
  'Kopā aiziet uz nodarbinātības aģentūru',
  'Sazināties ar ģimenes ārstu',
  'Atgādināt par vecāku sapulci',
  'Pārbaudīt rindu uz dzīvokli',
  'Aizvest kursu pieteikumu',
] as const;

export const requests: Partial<Record<NeedArea, string>> & { OTH: string } = {
  SOC: 'Palīdzība ar dokumentiem maznodrošinātas mājsaimniecības statusam. Iesnieguma veidlapa nav saprotama.',
  EDU: 'Lūdzu palīdzēt atrast vietu pirmsskolas grupā, vecāki gatavi vest bērnu katru dienu.',
  HOU: 'Lūdzu izskatīt iespēju uzņemt ģimeni palīdzības reģistrā; dzīvoklī ir pelējums.',
  EMP: 'Lūdzu palīdzēt reģistrēties un izvēlēties kursus bez priekšzināšanām.',
  HEA: 'Lūdzu palīdzēt reģistrēties pie ģimenes ārsta un saņemt pirmo vizīti.',
  DOC: 'Vajadzīga palīdzība personas apliecības noformēšanā, bez tās nevar saņemt pabalstu.',
  CHI: 'Bērns vairākas naktis nav nakšņojis mājās; lūdzu pārbaudīt apstākļus.',
  OTH: 'Lūdzu sazināties un pārrunāt, kāda palīdzība ir iespējama.',
};

/** What people write when they make a step. */
export const stepWords: Partial<Record<ReferralMove, readonly string[]>> = {
  askMore: ['Vai ģimenei jau ir izziņa par ienākumiem?', 'Kurās dienās cilvēku var sazvanīt?'],
  answer: ['Jā, izziņa ir; atnesīs līdzi.', 'Vislabāk zvanīt pēc 14.00.'],
  acceptAndFinish: ['Atbilde sniegta uzreiz pa tālruni.'],
  complete: [
    'Pabalsts piešķirts no nākamā mēneša.',
    'Vieta grupā atrasta.',
    'Dokumenti noformēti.',
    'Konsultācija sniegta.',
  ],
  decline: ['Ar šo jautājumu nodarbojas cita iestāde.', 'Pašlaik nav brīvu vietu.'],
  recordAcceptance: ['Pieņemts, atbildēja pa tālruni.'],
  recordCompletion: ['Atbilde atnāca ar vēstuli: jautājums atrisināts.'],
  recordRefusal: ['Atbilde pa tālruni: pašlaik nevar palīdzēt.'],
};

export const correctionReasons = [
  'Kļūdījos minūtēs',
  'Izvēlēts nepareizs cilvēks',
  'Ierakstīts divreiz',
  'Nepareiza diena',
] as const;
