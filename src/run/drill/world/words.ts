/**
 * What things are called: invented organisations, people, folders and files. Domains end in `.example` and `.test`; names
 * are common ones from several countries, so that none of it is anybody's.
 */

export const businesses: readonly string[] = [
  'kauri-power',
  'northgate-water',
  'harbour-lines',
  'tasman-ports',
  'ridgeway-gas',
  'silverbrook-council',
  'pinegrove-energy',
  'westmark-rail',
  'lakeland-hydro',
  'coastal-telecom',
  'fernhill-health',
  'ironbridge-grid',
  'redcliff-desal',
  'greenmoor-utilities',
  'stonehaven-transit',
];

export const givenNames: readonly string[] = [
  'mere',
  'aroha',
  'tane',
  'priya',
  'hannah',
  'lucas',
  'sione',
  'olivia',
  'marek',
  'yuki',
  'daniel',
  'fatima',
  'george',
  'ines',
  'jonas',
  'kiri',
  'leila',
  'mateo',
  'nina',
  'oscar',
  'ruth',
  'samir',
  'tess',
  'wiremu',
];

export const surnames: readonly string[] = [
  'hughes',
  'ngata',
  'patel',
  'fischer',
  'okafor',
  'lindqvist',
  'moreau',
  'tanaka',
  'walker',
  'santos',
  'petrov',
  'kelly',
  'nguyen',
  'brown',
  'rossi',
  'schmidt',
  'taylor',
  'morgan',
  'faleolo',
  'jensen',
  'campbell',
  'iyer',
  'novak',
  'reid',
];

/** Folders and files that an intruder makes so that nobody looks twice. */
export const dullWords: readonly string[] = [
  'cache',
  'diag',
  'kbfix',
  'msoia',
  'prnt',
  'setup',
  'sync',
  'tmp1',
  'upd',
  'wer',
  'winlog',
  'xps',
  'perfdata',
  'fontset',
  'hotfix',
  'sxs',
  'dism',
  'acme',
];

export const shareWords: readonly string[] = [
  'Operations',
  'Projects',
  'Shared',
  'Data',
  'Public',
  'Departments',
  'Common',
  'Engineering',
];

export const officeFiles: readonly string[] = [
  'Rosters\\October.xlsx',
  'Minutes\\Safety committee.docx',
  'Budget\\FY27 draft.xlsx',
  'Procedures\\Isolation permit.pdf',
  'Templates\\Letterhead.dotx',
  'Contracts\\Cleaning 2026.docx',
  'Photos\\Open day\\IMG_2207.jpg',
  'Fleet\\Vehicle log.xlsx',
  'HR\\Leave calendar.xlsx',
  'Maps\\Depot access.pdf',
  'Training\\Induction.pptx',
  'Customers\\Outage letters.docx',
];

/** What an engineering share holds, and what somebody reads who wants to know the plant. */
export const plantFiles: readonly string[] = [
  'SCADA\\Network\\OT addressing.xlsx',
  'SCADA\\PLC backups\\station-04.acd',
  'SCADA\\Drawings\\Single line diagram.dwg',
  'Protection\\Relay settings 2026.xlsx',
  'HMI\\Screens\\overview.mer',
  'Historian\\Tag list.csv',
  'Reports\\Penetration test 2025.pdf',
  'Vendors\\Remote access procedure.docx',
  'SCADA\\RTU\\config export.zip',
  'Drawings\\Switchyard P&ID.dwg',
];

/** Machines at home are called what Windows calls them. */
export const homeMachinePrefixes: readonly string[] = ['DESKTOP-', 'LAPTOP-'];
