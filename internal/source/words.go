package source

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The words that tables of roles are headed with, in the five languages that
// are read: English, French, German, Spanish, Italian. All in lower case.
var (
	// activityWords head the column that says what is to be done.
	activityWords = phrases(`activity, activities, task, tasks, action, actions, duty, duties, responsibility, responsibilities,
		activité, activités, tâche, tâches, mission, missions, responsabilité, responsabilités,
		aktivität, aktivitäten, aufgabe, aufgaben, tätigkeit, tätigkeiten, maßnahme, maßnahmen,
		actividad, actividades, tarea, tareas, acción, acciones, attività, compito, compiti, azione, azioni`)

	// contextWords head columns that say more about the activity.
	contextWords = phrases(`description, note, notes, comment, comments, remark, remarks, reference, details, process, category, phase,
		remarque, remarques, commentaire, commentaires, beschreibung, bemerkung, bemerkungen, kommentar, anmerkung,
		descripción, nota, notas, comentario, comentarios, descrizione, note, commento, commenti, differences, difference`)

	// customerWords name the customer.
	customerWords = phrases(`customer, customers, client, clients, user, users, end user, tenant, subscriber, merchant, consumer, you,
		your team, your organization, utilisateur, utilisateurs, abonné, commanditaire, vous,
		kunde, kunden, kundin, auftraggeber, nutzer, anwender, mandant, cliente, clientes, clienti, usuario, usuarios,
		inquilino, utente, utenti, committente`)

	// roleWords stand beside a party's name in a header, or head a legend.
	roleWords = phrases(`role, roles, rôle, rôles, rolle, rollen, rol, ruolo, ruoli`)

	// linkWords stand between a role word and a name.
	linkWords = phrases(`of, of the, de, du, des, de la, de l', der, des, del, de los, di, della, dell'`)

	// everyoneWords name all parties at once.
	everyoneWords = phrases(`shared, both, joint, all, partagé, partagée, les deux, commun, gemeinsam, beide, geteilt,
		compartido, compartida, ambos, condiviso, condivisa, entrambi`)

	// andWords join the names of parties within a cell.
	andWords = phrases(`and, et, und, y, e`)

	// functionWords cannot end what an activity is called.
	functionWords = wordSet(`a an the of for in on at by to with from and or via per into onto its their your our this that all
		le la les un une des du de d' l' à au aux en pour par avec sur sous dans et ou son sa ses leur leurs vos votre
		der die das den dem des ein eine einen einem einer zu zum zur mit von vom für auf im in am an und oder bei aus
		el los las una del al en por para con sobre y o su sus il lo gli i uno dello della dei degli delle nel nella con per su da di e`)

	// seriesWords are followed by a letter that counts: phase I, plan A.
	seriesWords = wordSet(`phase phases level tier part class type category appendix annex stage zone group option plan language grade
		volume chapter schedule model generation step version module site niveau partie annexe classe catégorie étape groupe langage
		stufe teil klasse anhang kategorie gruppe ebene fase nivel parte anexo clase categoría etapa grupo livello allegato
		categoria gruppo vitamin programming`)
)

// phrases reads a list of phrases, longest first.
func phrases(list string) []string {
	all := strings.Split(list, ",")
	for i := range all {
		all[i] = squeeze(all[i])
	}
	slices.SortFunc(all, func(a, b string) int { return len(b) - len(a) })
	return slices.Compact(all)
}

// isPhrase reports whether a text is one of the phrases.
func isPhrase(list []string, text string) bool {
	return slices.Contains(list, strings.ToLower(squeeze(strings.Trim(text, "*_:()"))))
}

// cutPhrase takes one of the phrases off the beginning of a text. What follows
// may not be a letter of the same word: a small letter, or in capitals any.
func cutPhrase(list []string, text string) (rest string, found bool) {
	for _, p := range list {
		if len(text) < len(p) || !strings.EqualFold(text[:len(p)], p) {
			continue
		}
		rest := text[len(p):]
		if r, _ := utf8.DecodeRuneInString(rest); rest != "" && unicode.IsLetter(r) && !unicode.IsUpper(r) {
			continue
		}
		return rest, true
	}
	return text, false
}

// IsCustomer reports whether the head of a column or the name in a cell names
// the customer, also as in "Client role", "Rol del cliente", "Kundenrolle".
func IsCustomer(name string) bool { return isPhrase(customerWords, partyName(name)) }

// partyName returns a column's head without the word for role.
func partyName(head string) string {
	name := squeeze(strings.Trim(head, "*_: "))
	if rest, found := cutPhrase(roleWords, name); found && rest != "" {
		name = strings.TrimLeft(rest, " -:")
		if rest, found := cutPhrase(linkWords, name); found {
			name = strings.TrimLeft(rest, " ")
		}
		return name
	}
	for _, w := range roleWords {
		at := len(name) - len(w)
		if at <= 0 || !strings.EqualFold(name[at:], w) {
			continue
		}
		if apart := name[at-1] == ' ' || name[at-1] == '-'; apart || w == "rolle" {
			return strings.TrimRight(name[:at], " -:")
		}
	}
	return name
}
