import { RouterProvider } from '@tanstack/react-router'
import { useCallback, useEffect, useMemo, useState } from 'react'
import type { Codigo } from '../../../schema/core/codigos.ts'
import type { Alta, ReplicaApi } from '../../../workers/replica/api.ts'
import { abrirReplica } from '../../replica/abrir.ts'
import { perezosa, traerLasPerezosas } from '../../ui/perezosa.tsx'
import { AbiertaContext } from './abierta.ts'
import { Marca } from './marco.tsx'
import { nombrarApp } from './nombre-de-app.ts'
import { enrutador } from './rutas.tsx'
import { t } from './textos.ts'

const NoAbre = perezosa(async () => (await import('./no-abre.tsx')).NoAbre)

type Fase = { en: 'abriendo' } | { en: 'error'; codigo: Codigo } | { en: 'abierta'; replica: ReplicaApi; alta: Alta | null }

/** Opens the replica once; the screens below it stand on it (rutas.tsx). */
export function ScanYA() {
  const [fase, setFase] = useState<Fase>({ en: 'abriendo' })
  const [intento, setIntento] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new try opens again
  useEffect(() => {
    let vivo = true
    void abrirReplica().then((r) => {
      if (vivo) setFase(r.ok ? { en: 'abierta', ...r.valor } : { en: 'error', codigo: r.codigo })
    })
    return () => {
      vivo = false
    }
  }, [intento])
  const alDarDeAlta = useCallback((alta: Alta) => setFase((f) => (f.en === 'abierta' ? { ...f, alta } : f)), [])
  const abierta = useMemo(
    () => (fase.en === 'abierta' ? { replica: fase.replica, alta: fase.alta, alDarDeAlta } : null),
    [fase, alDarDeAlta],
  )

  useEffect(() => {
    if (fase.en === 'abierta') traerLasPerezosas()
  }, [fase.en])
  const nick = fase.en === 'abierta' ? fase.alta?.nick : null
  useEffect(() => nombrarApp(nick), [nick])

  if (fase.en === 'abriendo') return <Abriendo />
  if (fase.en === 'error') return <NoAbre codigo={fase.codigo} alReintentar={() => setIntento((n) => n + 1)} />
  return (
    <AbiertaContext value={abierta}>
      <RouterProvider router={enrutador} />
    </AbiertaContext>
  )
}

function Abriendo() {
  return (
    <div className="app">
      <div className="top">
        <Marca />
      </div>
      <p className="soft abriendo" role="status">
        {t.abriendo}
      </p>
    </div>
  )
}
