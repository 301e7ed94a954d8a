// The interpreters to "select", first one and then the other, come in the environment.
const vscode = require('vscode');

exports.activate = (context) => {
  const [first, other] = JSON.parse(process.env.FAKE_INTERPRETERS);
  const changed = new vscode.EventEmitter();
  let selected = first;
  context.subscriptions.push(
    changed,
    vscode.commands.registerCommand('fake.select', () => {
      selected = other;
      changed.fire({ path: selected });
    }),
  );
  return {
    environments: {
      getActiveEnvironmentPath: () => ({ id: selected, path: selected }),
      resolveEnvironment: async ({ path }) => ({ executable: { uri: vscode.Uri.file(path) } }),
      onDidChangeActiveEnvironmentPath: changed.event,
    },
  };
};
