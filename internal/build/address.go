package build

// Address returns where the workspace's site is published, "" if it does not
// say.
func Address(in Input) (string, error) {
	w, _, err := open(in)
	if err != nil {
		return "", err
	}
	return w.Settings.Address.Value, nil
}
