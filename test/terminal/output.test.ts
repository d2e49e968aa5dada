// Output that cannot be written is not passed over.
import { spawnSync } from 'node:child_process'
import { closeSync, existsSync, openSync } from 'node:fs'
import { expect, test } from 'vitest'
import { launcher } from './served-homelab.ts'

const full = '/dev/full'

test.skipIf(!existsSync(full))('a disk that is full ends with 2 and says so', () => {
  const file = openSync(full, 'w')
  try {
    const { status, stderr } = spawnSync(process.execPath, [launcher, 'version'], {
      stdio: ['ignore', file, 'pipe'],
      encoding: 'utf8',
    })
    expect(stderr).toMatch(/^obsdeck: the output could not be written: .*ENOSPC/)
    expect(status).toBe(2)
  } finally {
    closeSync(file)
  }
})
