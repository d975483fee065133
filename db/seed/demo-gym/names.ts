import type { Random } from "./random.ts";

const list = (names: string) => names.trim().split(/\s*,\s*/);

const german = {
  first: list(
    "Anna, Lena, Laura, Sara, Nina, Julia, Céline, Livia, Alina, Mia, Corinne, Ursina, Barbara, Monika, Regula, Ruth, Sandra, Daniela, Simone, Karin, Luca, Nico, Jonas, Lukas, Tobias, Fabian, Simon, Reto, Beat, Urs, Markus, Thomas, Stefan, Andreas, Peter, Hans, Matthias, Florian, Silvan, Yannick",
  ),
  last: list(
    "Müller, Meier, Schmid, Keller, Weber, Huber, Schneider, Meyer, Steiner, Fischer, Brunner, Baumann, Gerber, Frei, Moser, Zimmermann, Graf, Widmer, Wyss, Roth, Suter, Baumgartner, Bühler, Kunz, Lüthi, Hofer, Ammann, Bachmann, Egli, Gmür, Hürlimann, Jäggi, Küng, Odermatt, Rüegg, Schärer, Stäheli, Tanner, Vögeli, Zürcher",
  ),
};

const french = {
  first: list(
    "Camille, Léa, Chloé, Manon, Sophie, Élodie, Aurélie, Nathalie, Mélanie, Anaïs, Lucas, Hugo, Antoine, Julien, Nicolas, Pierre, François, Olivier, Mathieu, Benoît",
  ),
  last: list(
    "Favre, Rochat, Martin, Blanc, Jaquet, Bonvin, Chappuis, Dubois, Girard, Perret, Monnier, Pittet, Reymond, Rossier, Cuendet, Delacrétaz, Duc, Genoud, Python, Vuilleumier",
  ),
};

const italian = {
  first: list(
    "Giulia, Chiara, Francesca, Elena, Martina, Sofia, Valentina, Alessia, Luca, Marco, Matteo, Andrea, Davide, Alessandro, Paolo, Giorgio, Stefano, Niccolò",
  ),
  last: list(
    "Bernasconi, Bianchi, Ferrari, Fontana, Crivelli, Galli, Colombo, Rossi, Pedrazzini, Lombardi, Ricci, Sala, Cattaneo, D'Angelo, De Luca, Guidotti, Maggi, Riva",
  ),
};

const international = {
  first: list(
    "Emma, Olivia, Priya, Aisha, Yuki, Ivana, Jelena, Arta, Teuta, Mariana, Ana, Inês, Zofia, Ayşe, Ngọc, James, Liam, Oliver, Arjun, Omar, Dragan, Arben, Besnik, João, Tiago, Mateusz, Mehmet, Minh, Wei, Kwame, Siobhán, Patrick",
  ),
  last: list(
    "Smith, Jones, O'Brien, Taylor, Patel, Sharma, Khan, Tanaka, Petrović, Jovanović, Krasniqi, Gashi, Silva, Santos, Ferreira, Kowalski, Yılmaz, Nguyễn, Trần, Chen, Wang, Mensah, Murphy, van den Berg, Lindqvist, Novák, Popescu, Haddad",
  ),
};

const pools = { de: german, fr: french, it: italian, en: international };

export type MemberLanguage = keyof typeof pools;

/** A name that fits the language, mostly: people move and marry. */
export function drawName(random: Random, language: MemberLanguage): { firstName: string; lastName: string } {
  const first = pools[language].first;
  const last = random.chance(0.88) ? pools[language].last : pools[random.pick(["de", "fr", "it", "en"] as const)].last;
  return { firstName: random.pick(first), lastName: random.pick(last) };
}

/** A name as the part of an address before the @. */
export const toMailbox = (...names: string[]): string =>
  names
    .join(".")
    .toLowerCase()
    .replaceAll("ä", "ae")
    .replaceAll("ö", "oe")
    .replaceAll("ü", "ue")
    .replaceAll("ı", "i")
    .normalize("NFD")
    .replace(/[^a-z0-9.]/g, "");
