evaluate(new File(basedir, '../../../src/it/verify-project.groovy'))
