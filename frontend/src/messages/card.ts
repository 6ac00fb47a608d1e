/** The texts of the offline card form, beside it: who sells for money does not carry them. */
const en = {
  "card.number": "Card number",
  "card.expires": "Expires",
  "card.expiresHint": "MM / YY",
  "card.code": "Security code",
  "card.local": "Local stack: no real money.",
  "card.localText": "Test cards: 4242 4242 4242 4242 pays, 4000 0025 0000 3155 asks for 3-D Secure, 4000 0000 0000 9995 is declined.",
  "card.numberWrong": "Enter the whole card number",
  "card.expiresWrong": "Enter a date in the future",
  "card.codeWrong": "Enter the 3 digits on the back",
};

export type CardKey = keyof typeof en;

const de: Record<CardKey, string> = {
  "card.number": "Kartennummer",
  "card.expires": "Gültig bis",
  "card.expiresHint": "MM / JJ",
  "card.code": "Prüfnummer",
  "card.local": "Lokaler Stack: kein echtes Geld.",
  "card.localText": "Testkarten: 4242 4242 4242 4242 zahlt, 4000 0025 0000 3155 fragt nach 3-D Secure, 4000 0000 0000 9995 wird abgelehnt.",
  "card.numberWrong": "Gib die ganze Kartennummer ein",
  "card.expiresWrong": "Gib ein Datum in der Zukunft ein",
  "card.codeWrong": "Gib die 3 Ziffern der Rückseite ein",
};

export const cardTexts = (locale: string): Record<CardKey, string> => (locale.startsWith("de") ? de : en);
