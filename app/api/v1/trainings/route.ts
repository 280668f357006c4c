import { handler } from "@/lib/access/routes/handler"
import { recordTraining } from "@/lib/insight/trainings/change-trainings"
import { listTrainings } from "@/lib/insight/trainings/list-trainings"
import { Training, TrainingDraft, TrainingPage, TrainingQuery } from "@/lib/insight/trainings/schemas"

export const GET = handler({
  may: "fleet:read",
  query: TrainingQuery,
  answer: TrainingPage,
  run: listTrainings,
})

export const POST = handler({
  may: "inventory:write",
  body: TrainingDraft,
  answer: Training,
  run: recordTraining,
})
