import { handler } from "@/lib/access/routes/handler"
import { removeTraining } from "@/lib/insight/trainings/change-trainings"
import { RemovedTraining, TrainingId } from "@/lib/insight/trainings/schemas"

export const DELETE = handler({
  may: "inventory:write",
  params: TrainingId,
  answer: RemovedTraining,
  run: removeTraining,
})
