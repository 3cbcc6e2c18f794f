package oscal

// What all documents share. Fields are in the order in which OSCAL has them;
// OSCAL knows no empty lists, hence omitempty.

type metadata struct {
	Title        string  `json:"title"`
	LastModified string  `json:"last-modified"`
	Version      string  `json:"version"`
	OSCALVersion string  `json:"oscal-version"`
	Roles        []role  `json:"roles,omitempty"`
	Parties      []party `json:"parties,omitempty"`
	Remarks      string  `json:"remarks,omitempty"`
}

type role struct {
	ID    string `json:"id"`
	Title string `json:"title"`
}

type party struct {
	UUID    string     `json:"uuid"`
	Type    string     `json:"type"`
	Name    string     `json:"name"`
	Props   []property `json:"props,omitempty"`
	Remarks string     `json:"remarks,omitempty"`
}

type property struct {
	Name  string `json:"name"`
	NS    string `json:"ns,omitempty"`
	Value string `json:"value"`
	Class string `json:"class,omitempty"`
}

type link struct {
	Href string `json:"href"`
	Rel  string `json:"rel,omitempty"`
	Text string `json:"text,omitempty"`
}

type responsibleRole struct {
	RoleID     string   `json:"role-id"`
	PartyUUIDs []string `json:"party-uuids,omitempty"`
}

type backMatter struct {
	Resources []resource `json:"resources,omitempty"`
}

type resource struct {
	UUID        string     `json:"uuid"`
	Title       string     `json:"title"`
	Description string     `json:"description,omitempty"`
	Props       []property `json:"props,omitempty"`
	RLinks      []rlink    `json:"rlinks"`
}

type rlink struct {
	Href string `json:"href"`
}

// The catalog.

type catalog struct {
	UUID       string      `json:"uuid"`
	Metadata   metadata    `json:"metadata"`
	Groups     []group     `json:"groups,omitempty"`
	BackMatter *backMatter `json:"back-matter,omitempty"`
}

// group has groups or controls, never both.
type group struct {
	ID       string         `json:"id"`
	Class    string         `json:"class"`
	Title    string         `json:"title"`
	Props    []property     `json:"props,omitempty"`
	Parts    []part         `json:"parts,omitempty"`
	Groups   []group        `json:"groups,omitempty"`
	Controls []controlEntry `json:"controls,omitempty"`
}

type controlEntry struct {
	ID    string     `json:"id"`
	Class string     `json:"class"`
	Title string     `json:"title"`
	Props []property `json:"props,omitempty"`
	Links []link     `json:"links,omitempty"`
	Parts []part     `json:"parts,omitempty"`
}

type part struct {
	ID    string     `json:"id,omitempty"`
	Name  string     `json:"name"`
	Class string     `json:"class,omitempty"`
	Title string     `json:"title,omitempty"`
	Props []property `json:"props,omitempty"`
	Prose string     `json:"prose,omitempty"`
	Parts []part     `json:"parts,omitempty"`
}

// The component definition.

type componentDefinition struct {
	UUID       string      `json:"uuid"`
	Metadata   metadata    `json:"metadata"`
	Components []component `json:"components,omitempty"`
	BackMatter *backMatter `json:"back-matter,omitempty"`
}

type component struct {
	UUID                   string                  `json:"uuid"`
	Type                   string                  `json:"type"`
	Title                  string                  `json:"title"`
	Description            string                  `json:"description"`
	Props                  []property              `json:"props,omitempty"`
	Links                  []link                  `json:"links,omitempty"`
	ResponsibleRoles       []responsibleRole       `json:"responsible-roles,omitempty"`
	ControlImplementations []controlImplementation `json:"control-implementations,omitempty"`
}

type controlImplementation struct {
	UUID         string                   `json:"uuid"`
	Source       string                   `json:"source"`
	Description  string                   `json:"description"`
	Requirements []implementedRequirement `json:"implemented-requirements"`
}

type implementedRequirement struct {
	UUID             string            `json:"uuid"`
	ControlID        string            `json:"control-id"`
	Description      string            `json:"description"`
	Props            []property        `json:"props,omitempty"`
	Links            []link            `json:"links,omitempty"`
	ResponsibleRoles []responsibleRole `json:"responsible-roles,omitempty"`
	Statements       []addressed       `json:"statements,omitempty"`
}

// addressed is a statement of a control as a component addresses it.
type addressed struct {
	StatementID      string            `json:"statement-id"`
	UUID             string            `json:"uuid"`
	Description      string            `json:"description"`
	ResponsibleRoles []responsibleRole `json:"responsible-roles,omitempty"`
}

// The mapping collection.

type mappingCollection struct {
	UUID       string     `json:"uuid"`
	Metadata   metadata   `json:"metadata"`
	Provenance provenance `json:"provenance"`
	Mappings   []mapping  `json:"mappings"`
}

type provenance struct {
	Method            string `json:"method"`
	MatchingRationale string `json:"matching-rationale"`
	Status            string `json:"status"`
	Description       string `json:"mapping-description"`
}

type mapping struct {
	UUID      string      `json:"uuid"`
	Status    string      `json:"status"`
	Source    mapped      `json:"source-resource"`
	Target    mapped      `json:"target-resource"`
	Maps      []mapEntry  `json:"maps"`
	Remarks   string      `json:"remarks,omitempty"`
	SourceGap *gapSummary `json:"source-gap-summary,omitempty"`
	TargetGap *gapSummary `json:"target-gap-summary,omitempty"`
}

type mapped struct {
	Type string `json:"type"`
	Href string `json:"href"`
}

type mapEntry struct {
	UUID         string     `json:"uuid"`
	Relationship string     `json:"relationship"`
	Sources      []mapItem  `json:"sources"`
	Targets      []mapItem  `json:"targets"`
	Props        []property `json:"props,omitempty"`
}

type mapItem struct {
	Type  string `json:"type"`
	IDRef string `json:"id-ref"`
}

type gapSummary struct {
	UUID     string      `json:"uuid"`
	Unmapped []selection `json:"unmapped-controls"`
}

type selection struct {
	WithIDs []string `json:"with-ids"`
}
