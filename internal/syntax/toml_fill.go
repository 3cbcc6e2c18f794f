package syntax

import (
	"strings"
	"time"
)

// fillTOML gives the nodes the scanner has made the kinds and texts that the
// library found for them. It returns nil, or the first node for which the two
// differ about what stands in the text.
func fillTOML(n *Node, value any) *Node {
	switch v := value.(type) {
	case map[string]any:
		return fillTable(n, v)
	case []map[string]any:
		return fillItems(n, v)
	case []any:
		return fillItems(n, v)
	case string:
		if n.Kind != String {
			return n
		}
		n.Text = strings.Clone(v) // the library's strings share the whole file
		return nil
	}
	if n.Kind != Number {
		return n
	}
	switch value.(type) {
	case int64, float64:
	case bool:
		n.Kind = Bool
	case time.Time:
		n.Kind = String
		if isDate(n.Text) {
			n.Kind = Date
		}
	default:
		return n
	}
	return nil
}

func fillTable(n *Node, values map[string]any) *Node {
	if n.Kind != Map || len(n.Entries) != len(values) {
		return n
	}
	for i := range n.Entries {
		e := &n.Entries[i]
		value, ok := values[e.Key]
		if !ok {
			return e.Value
		}
		if bad := fillTOML(e.Value, value); bad != nil {
			return bad
		}
	}
	return nil
}

func fillItems[T any](n *Node, values []T) *Node {
	if n.Kind != List || len(n.Items) != len(values) {
		return n
	}
	for i, item := range n.Items {
		if bad := fillTOML(item, values[i]); bad != nil {
			return bad
		}
	}
	return nil
}
