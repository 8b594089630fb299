module example.com/zapsign

go 1.19
