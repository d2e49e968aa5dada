// The programs of the bed: where each is found among Go's modules, and what its build needs beyond that.
// Versions are not written here: each program's own go.mod pins them.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Program {
  readonly name: string
  /** The folder beside this file whose go.mod and go.sum pin it. */
  readonly folder: string
  readonly module: string
  /** Its main package, below the module. */
  readonly main?: string
  readonly tags?: string
  /** What the release is called, where its module is numbered otherwise. */
  readonly release?: (moduleVersion: string) => string
  /** Go variables that carry the release; without them a program calls itself v0.0.0 or nothing. */
  readonly variables?: (release: string) => Readonly<Record<string, string>>
  /** A file that the program embeds and that its module, as it is published, does not carry. */
  readonly embeds?: string
  /** What it prints for `--version`; where it says nothing, no copy of unknown origin is taken. */
  readonly says?: RegExp
  /** Built only when it is asked for by name. */
  readonly byHand?: true
}

const kubernetes = {
  folder: 'kubernetes',
  module: 'k8s.io/kubernetes',
  variables: (release) => ({
    'k8s.io/component-base/version.gitVersion': `v${release}`,
    'k8s.io/component-base/version.gitMajor': release.split('.')[0] ?? '',
    'k8s.io/component-base/version.gitMinor': release.split('.')[1] ?? '',
  }),
  says: /Kubernetes v(\d+)/,
} as const satisfies Partial<Program>

const calledBy = (variable: string) => (release: string) => ({ [variable]: release })

/** Only static and file discovery are wanted: the clouds' client libraries would be most of the build. */
const prometheus = {
  folder: 'prometheus',
  module: 'github.com/prometheus/prometheus',
  tags: 'remove_all_sd',
  // Module 0.316.0 is release 3.16.0.
  release: (version) => version.replace(/^0\.(\d)(\d+)/, (_, major, minor) => `${major}.${Number(minor)}`),
  variables: calledBy('github.com/prometheus/common/version.Version'),
  says: /version (\d+)/,
} as const satisfies Partial<Program>

const alertmanager = {
  folder: 'alertmanager',
  module: 'github.com/prometheus/alertmanager',
  variables: calledBy('github.com/prometheus/common/version.Version'),
  says: /version (\d+)/,
} as const satisfies Partial<Program>

const controller = <Name extends string>(name: Name) => ({
  name,
  folder: name,
  module: `github.com/fluxcd/${name}`,
})

/** In the order in which they are built: what other tests wait for comes first. */
export const PROGRAMS = [
  { ...prometheus, name: 'prometheus', main: 'cmd/prometheus' },
  { name: 'etcd', folder: 'etcd', module: 'go.etcd.io/etcd/server/v3', says: /etcd Version: (\d+)/ },
  { ...kubernetes, name: 'kube-apiserver', main: 'cmd/kube-apiserver' },
  { ...kubernetes, name: 'kube-controller-manager', main: 'cmd/kube-controller-manager' },
  { ...kubernetes, name: 'kube-scheduler', main: 'cmd/kube-scheduler' },
  { name: 'kwok', folder: 'kwok', module: 'sigs.k8s.io/kwok', main: 'cmd/kwok' },
  { ...alertmanager, name: 'alertmanager', main: 'cmd/alertmanager', embeds: 'ui/app/dist/index.html' },
  controller('source-controller'),
  controller('kustomize-controller'),
  controller('helm-controller'),
  { ...prometheus, name: 'promtool', main: 'cmd/promtool' },
  { ...alertmanager, name: 'amtool', main: 'cmd/amtool' },
  {
    name: 'flux',
    folder: 'flux',
    module: 'github.com/fluxcd/flux2/v2',
    main: 'cmd/flux',
    variables: calledBy('main.VERSION'),
    embeds: 'cmd/flux/manifests/none.yaml',
    says: /flux version (\d+)/,
  },
  {
    name: 'stern',
    folder: 'stern',
    module: 'github.com/stern/stern',
    variables: calledBy('github.com/stern/stern/cmd.version'),
    says: /version: (\d+)/,
  },
  {
    name: 'k9s',
    folder: 'k9s',
    module: 'github.com/derailed/k9s',
    variables: (release) => ({ 'github.com/derailed/k9s/cmd.version': `v${release}` }),
    byHand: true,
  },
] as const satisfies readonly Program[]

export type ProgramName = (typeof PROGRAMS)[number]['name']

export function programOf(name: ProgramName): Program {
  const found = PROGRAMS.find((one) => one.name === name)
  if (found === undefined) throw new Error(`no program ${name}`)
  return found
}

export const programFolder = ({ folder }: Program) => join(import.meta.dirname, folder)

/** What is pinned, as the program itself calls it. */
export function releaseOf(program: Program): string {
  const file = join(programFolder(program), 'go.mod')
  const module = program.module.replaceAll('.', '\\.')
  const version = new RegExp(`^(?:require)?\\s*${module} v(\\S+)`, 'm').exec(readFileSync(file, 'utf8'))?.[1]
  if (version === undefined) throw new Error(`${file} does not require ${program.module}`)
  return program.release?.(version) ?? version
}
